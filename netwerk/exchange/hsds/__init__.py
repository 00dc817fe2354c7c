"""HSDS 3.1 and its profile ORUK 3.0: the directory as others read and write it."""
