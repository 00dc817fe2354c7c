"""Netwerk: who around an inhabitant could help, before a formal referral."""
