"""Signing in at the desk: passwords, second factors, and who may come in; allauth does the rest."""
