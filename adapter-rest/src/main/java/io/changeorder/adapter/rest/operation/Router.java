package io.changeorder.adapter.rest.operation;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.changeorder.adapter.rest.authentication.AuditOfRefusals;
import io.changeorder.adapter.rest.authentication.Caller;
import io.changeorder.adapter.rest.authentication.RequestAuthentication;
import io.changeorder.adapter.rest.message.Answer;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.adapter.rest.message.Failure;
import io.changeorder.adapter.rest.message.RejectedRequest;
import io.changeorder.adapter.rest.message.WireError;
import io.changeorder.adapter.rest.view.CommandFields;
import io.changeorder.adapter.rest.view.OrderFields;
import io.changeorder.adapter.rest.view.WireTime;
import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Origin;
import io.changeorder.application.api.command.Commands;
import io.changeorder.application.api.query.Queries;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The table of methods and exact paths (SAE 2019-05-06; RetryChangeOrder, maintenance and health are ours). */
public final class Router {
    private static final String ORDERS = "/pop/v1/sam/changeorder/";
    private static final String APPLICATIONS = "/pop/v1/sam/app/";
    private static final String MAINTENANCE = "/pop/v1/sam/maintenance/";

    private final ImmutableMap<String, Route> routes;
    private final Health health;
    private final AuditOfRefusals audit;

    /**
     * Lays the wire over what the engine offers.
     *
     * @param audit hears of refused commands of keys
     * @param time how times are written
     * @param clock tells whether a maintenance is over
     */
    public Router(
            Commands commands,
            Queries queries,
            Readiness readiness,
            AuditOfRefusals audit,
            WireTime time,
            InstantSource clock) {
        CommandFields fields = new CommandFields(time);
        List<Route> all = new ArrayList<>();
        all.addAll(
                orders(new OrderCommands(commands, fields), new OrderQueries(queries, new OrderFields(time), fields)));
        all.addAll(applications(new ApplicationCommands(commands, fields)));
        all.addAll(applicationQueries(new ApplicationQueries(queries, fields), new InstanceQuery(queries, fields)));
        all.addAll(ours(
                new MaintenanceOperations(commands.setMaintenance(), queries.describeMaintenance(), fields, clock)));
        health = new Health(readiness);
        this.audit = audit;
        routes = Maps.uniqueIndex(all, route -> key(route.method(), route.path()));
    }

    private static List<Route> orders(OrderCommands commands, OrderQueries queries) {
        return List.of(
                order("PUT", Operation.ABORT_AND_ROLLBACK_CHANGE_ORDER, commands::abortAndRollBack),
                order("PUT", Operation.ABORT_CHANGE_ORDER, commands::abort),
                order("PUT", Operation.RETRY_CHANGE_ORDER, commands::retry),
                order("GET", Operation.CONFIRM_PIPELINE_BATCH, commands::confirm),
                order("GET", Operation.DESCRIBE_CHANGE_ORDER, queries::describe),
                order("GET", Operation.LIST_CHANGE_ORDERS, queries::list),
                order("GET", Operation.DESCRIBE_PIPELINE, queries::describePipeline));
    }

    private static List<Route> applications(ApplicationCommands commands) {
        return List.of(
                application("POST", Operation.CREATE_APPLICATION, commands::create),
                application("POST", Operation.DEPLOY_APPLICATION, commands::deploy),
                application("PUT", Operation.ROLLBACK_APPLICATION, commands::rollBack),
                application("PUT", Operation.RESTART_APPLICATION, commands::restart),
                application("PUT", Operation.RESCALE_APPLICATION, commands::rescale),
                application("PUT", Operation.START_APPLICATION, commands::start),
                application("PUT", Operation.STOP_APPLICATION, commands::stop),
                application("DELETE", Operation.DELETE_APPLICATION, commands::delete));
    }

    private static List<Route> applicationQueries(ApplicationQueries queries, InstanceQuery instances) {
        return List.of(
                application("GET", Operation.LIST_APP_VERSIONS, queries::versions),
                application("GET", Operation.DESCRIBE_APPLICATION_STATUS, queries::status),
                application("GET", Operation.DESCRIBE_APPLICATION_CONFIG, queries::config),
                application("GET", Operation.LIST_APPLICATIONS, queries::list),
                application("GET", Operation.DESCRIBE_APPLICATION_GROUPS, queries::groups),
                application("GET", Operation.DESCRIBE_APPLICATION_INSTANCES, instances::describe));
    }

    private static List<Route> ours(MaintenanceOperations maintenance) {
        return List.of(
                new Route("PUT", MAINTENANCE + "SetMaintenance", Operation.SET_MAINTENANCE, maintenance::set),
                new Route(
                        "GET",
                        MAINTENANCE + "DescribeMaintenance",
                        Operation.DESCRIBE_MAINTENANCE,
                        maintenance::describe));
    }

    /** The name on the wire of what is asked; empty when there is no such method and path. */
    public String nameOf(ApiRequest request) {
        return find(request).map(Route::name).or(() -> health.nameOf(request)).orElse("");
    }

    /**
     * Answers a request.
     *
     * @param origin where it comes from, and how its answer names it
     * @throws RejectedRequest when it can't be read as what it should be
     * @throws AuthenticationFailedException when it could not be found out who sends it
     */
    public Answer answer(ApiRequest request, RequestAuthentication authentication, Origin origin) {
        Optional<Route> route = find(request);
        if (route.isEmpty()) {
            return health.answer(request).orElseGet(() -> Failure.of(WireError.API_NOT_FOUND));
        }
        Caller.Known caller = Callers.known(request, authentication, refused -> takeDown(refused, route.get(), origin));
        return route.get().endpoint().apply(Call.of(request, caller, route.get(), origin));
    }

    private void takeDown(Caller.Refused refused, Route route, Origin origin) {
        if (route.isCommand() && refused.reason() != Caller.Reason.TOO_MANY_REQUESTS) {
            refused.key().ifPresent(key -> audit.refused(key, route.operation(), refused.reason(), origin));
        }
    }

    /** HEAD is a GET whose body is not sent; never where a GET changes something. */
    private Optional<Route> find(ApiRequest request) {
        boolean head = request.method().equals("HEAD");
        return Optional.ofNullable(routes.get(key(head ? "GET" : request.method(), request.path())))
                .filter(route -> !head || !route.isCommand());
    }

    private static Route order(String method, Operation operation, Function<Call, Answer> endpoint) {
        return new Route(method, ORDERS + operation.wireName(), operation, endpoint);
    }

    private static Route application(String method, Operation operation, Function<Call, Answer> endpoint) {
        return new Route(
                method,
                APPLICATIONS
                        + Ascii.toLowerCase(operation.wireName().charAt(0))
                        + operation.wireName().substring(1),
                operation,
                endpoint);
    }

    private static String key(String method, String path) {
        return method + " " + path;
    }
}
