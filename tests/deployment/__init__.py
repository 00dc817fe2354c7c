"""What is installed elsewhere: the package, the image, the services together."""
