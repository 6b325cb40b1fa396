"""Words of many languages that stand on forum pages."""
