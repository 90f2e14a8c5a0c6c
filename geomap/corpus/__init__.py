"""The conflict news corpus: marked-up texts in, gold annotations out.

``seeds/corpus/README.md`` describes the mark-up; ``python -m geomap.corpus`` builds and checks.
"""
