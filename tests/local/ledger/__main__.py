"""`make ledger`: writes docs/operations.md."""

from tests.local.ledger.document import DOCUMENT, document

DOCUMENT.write_text(document(), encoding="utf-8")
