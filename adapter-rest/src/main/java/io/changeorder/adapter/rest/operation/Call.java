package io.changeorder.adapter.rest.operation;

import io.changeorder.adapter.rest.authentication.Caller;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.adapter.rest.message.Failure;
import io.changeorder.adapter.rest.message.RejectedRequest;
import io.changeorder.adapter.rest.message.WireError;
import io.changeorder.adapter.rest.parameter.NameParameters;
import io.changeorder.adapter.rest.parameter.ParameterDecoder;
import io.changeorder.adapter.rest.parameter.Parameters;
import io.changeorder.application.api.Origin;
import io.changeorder.application.api.Request;

/**
 * One call of an operation.
 *
 * @param request who asks
 * @param parameters with what
 */
record Call(Request request, Parameters parameters) {
    private static final String DURING_MAINTENANCE = "DuringMaintenance";

    /** A call of this route, once it is known who asks. */
    static Call of(ApiRequest request, Caller.Known caller, Route route, Origin origin) {
        Parameters parameters = ParameterDecoder.decode(request);
        Request named = Request.by(caller.actor()).withOrigin(origin);
        Request asked = caller.policies().map(named::withPolicies).orElse(named);
        return new Call(route.isCommand() ? command(asked, request, parameters) : asked, parameters);
    }

    private static Request command(Request asked, ApiRequest request, Parameters parameters) {
        Request command =
                NameParameters.clientToken(parameters).map(asked::withToken).orElse(asked);
        return duringMaintenance(request, parameters) ? command.evenDuringMaintenance() : command;
    }

    /** Only the operator at the machine itself may command while everybody else may not. */
    private static boolean duringMaintenance(ApiRequest request, Parameters parameters) {
        boolean wanted = parameters.bool(DURING_MAINTENANCE).orElse(false);
        if (wanted && !request.isLocal()) {
            throw new RejectedRequest(Failure.of(WireError.NO_PERMISSION));
        }
        return wanted;
    }
}
