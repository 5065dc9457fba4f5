"""What is compared, counted, summed, chosen by figures or put in order of time."""
