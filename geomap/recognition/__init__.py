"""Stage 2, recognition: which words of an article name a place.

``load_recogniser`` gives the recogniser of a language. A small spaCy tagger proposes names, rules
correct them with word lists and the gazetteer, and one name is read alike throughout a text.
"""

from geomap.recognition.recogniser import BATCH_TEXTS, SpacyRecogniser, load_recogniser

__all__ = ["BATCH_TEXTS", "SpacyRecogniser", "load_recogniser"]
