package io.changeorder.architecture.planted.host;

import io.changeorder.application.ChangeOrderEngine;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Request;
import io.changeorder.application.api.command.AbortAndRollBackChangeOrder;

class Lawful {
    boolean abort(ChangeOrderEngine engine, Request request, AbortAndRollBackChangeOrder.Command command) {
        return engine.commands().abortAndRollBack().handle(request, command) instanceof Outcome.Accepted;
    }
}
