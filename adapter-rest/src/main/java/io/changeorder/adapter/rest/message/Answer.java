package io.changeorder.adapter.rest.message;

import java.util.List;

/** What an operation answers, before it is put into an envelope. */
public sealed interface Answer permits Success, Failure {
    /** The call was accepted. */
    static Answer of(Fields data) {
        return new Success(new Fields().put("Data", data));
    }

    /** The call was accepted, and its data is a list. */
    static Answer ofRows(List<Fields> rows) {
        return new Success(new Fields().put("Data", rows));
    }
}
