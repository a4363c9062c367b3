package io.changeorder.adapter.persistence.sql;

import io.changeorder.domain.id.ChangeOrderId;
import java.time.Instant;

/** An order whose document is kept aside before it is written over. */
public record UnreadableOrder(ChangeOrderId order, Instant foundAt) {}
