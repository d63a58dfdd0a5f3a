"""The shape of what is written about courses and referrals."""
