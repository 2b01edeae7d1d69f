"""Simulated printers that speak real SNMP on loopback."""
