"""What can go wrong, as one tree.

```
KgError                     anything a user can be told about; str() is the message
├── InputError              one input cannot be read; the rest of the batch goes on
├── OntologyError           the ontology or a gazetteer has a mistake
├── QueryError              a query cannot be parsed or is not known
├── NotFound                a name is not in the graph
└── OutputError             the result cannot be written
```

A message says what, where and how out: ``page.txt: is empty; remove it or export it again``.
"""

from __future__ import annotations


class KgError(Exception):
    """Anything a user can be told about; the command line prints it and exits with 1."""


class InputError(KgError):
    """One input cannot be read: names the file, the reason and the way out."""


class OntologyError(KgError):
    """The ontology or a gazetteer has a mistake: names file, place, term and the way out."""


class QueryError(KgError):
    """A query cannot be parsed, or no ready question has that name."""


class NotFound(KgError):
    """A name is not in the graph; the message lists what comes nearest."""


class OutputError(KgError):
    """The result cannot be written; what stood there before is untouched."""
