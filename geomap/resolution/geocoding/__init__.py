"""The opt-in fallback: geopy's online geocoders for names that the gazetteer lacks.

::

    Resolutions ─▶ fallback (which names, which answer) ─▶ asking (turns, retries, giving up)
                                                             ├─▶ cache (answers, whose turn it is)
                                                             └─▶ providers (geopy) ─▶ transport
                   answers, features (what a service said) ◀─┘
"""
