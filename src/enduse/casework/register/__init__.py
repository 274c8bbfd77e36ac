"""The register of 5.3: an entry for every released, refused or withdrawn deal."""
