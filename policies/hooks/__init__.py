"""CDS Hooks 2.0: an order of ketamine or esketamine in, cards on what the plan's rule wants out.

A card informs. It suggests no order, and claims no conformance to CRD, DTR or PAS.
"""
