package io.changeorder.adapter.persistence.sql;

import java.util.Optional;

/** An application and its live order, as one statement saw them. */
record ApplicationRow(String document, Optional<OrderRow> live) {}
