"""What is kept between requests, and what a request asks for."""
