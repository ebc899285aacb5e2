"""The vendor's SDK for Java, by a program that Maven builds."""
