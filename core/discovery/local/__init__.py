"""Printers connected to this computer: by USB, by IPP over USB, by a parallel port."""
