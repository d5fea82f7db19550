"""Ready questions, one ``.rq`` file each; ``kg.questions`` reads them."""
