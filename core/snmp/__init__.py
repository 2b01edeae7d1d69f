"""SNMP: codec, client and errors. Asks only; there is no SET in this package."""
