"""Training of the shipped recognition models, for maintainers.

``python -m geomap.training de --corpora DIR --out MODEL`` reads the corpora that
``docs/model.md`` names and the sentences of ``seeds/training``, and writes a spaCy pipeline. The
same inputs and the same library versions give the same model. Needs the ``maintain`` extra.
"""
