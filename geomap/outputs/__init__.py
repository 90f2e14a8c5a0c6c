"""Stage 6: records into maps and files for GIS tools."""
