package io.changeorder.adapter.rest.operation;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.changeorder.adapter.rest.message.Answer;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.adapter.rest.message.Failure;
import io.changeorder.adapter.rest.message.Fields;
import io.changeorder.adapter.rest.message.WireError;
import io.changeorder.adapter.rest.view.CommandFields;
import io.changeorder.adapter.rest.view.OrderFields;
import io.changeorder.adapter.rest.view.WireTime;
import io.changeorder.application.api.Operation;
import io.changeorder.domain.id.Actor;
import java.util.List;
import java.util.Optional;

/** The table of methods and exact paths (SAE 2019-05-06; RetryChangeOrder, maintenance and health are ours). */
public final class Router {
    private static final String ORDERS = "/pop/v1/sam/changeorder/";
    private static final String APPLICATIONS = "/pop/v1/sam/app/";
    private static final String MAINTENANCE = "/pop/v1/sam/maintenance/";

    private final ImmutableMap<String, Route> routes;

    public Router(UseCases useCases, Readiness readiness, WireTime time) {
        CommandFields fields = new CommandFields(time);
        OrderCommands orders = new OrderCommands(useCases, fields);
        OrderQueries orderQueries = new OrderQueries(useCases, new OrderFields(time), fields);
        ApplicationCommands applications = new ApplicationCommands(useCases, fields);
        ApplicationQueries queries = new ApplicationQueries(useCases, fields);
        InstanceQuery instances = new InstanceQuery(useCases, fields);
        MaintenanceOperations maintenance = new MaintenanceOperations(useCases.maintenance(), fields);
        routes = Maps.uniqueIndex(
                List.of(
                        order("PUT", Operation.ABORT_AND_ROLLBACK_CHANGE_ORDER, orders::abortAndRollBack),
                        order("PUT", Operation.ABORT_CHANGE_ORDER, orders::abort),
                        order("PUT", Operation.RETRY_CHANGE_ORDER, orders::retry),
                        order("GET", Operation.CONFIRM_PIPELINE_BATCH, orders::confirm),
                        order("GET", Operation.DESCRIBE_CHANGE_ORDER, orderQueries::describe),
                        order("GET", Operation.LIST_CHANGE_ORDERS, orderQueries::list),
                        order("GET", Operation.DESCRIBE_PIPELINE, orderQueries::describePipeline),
                        application("POST", Operation.CREATE_APPLICATION, applications::create),
                        application("POST", Operation.DEPLOY_APPLICATION, applications::deploy),
                        application("PUT", Operation.ROLLBACK_APPLICATION, applications::rollBack),
                        application("PUT", Operation.RESTART_APPLICATION, applications::restart),
                        application("PUT", Operation.RESCALE_APPLICATION, applications::rescale),
                        application("PUT", Operation.START_APPLICATION, applications::start),
                        application("PUT", Operation.STOP_APPLICATION, applications::stop),
                        application("DELETE", Operation.DELETE_APPLICATION, applications::delete),
                        application("GET", Operation.LIST_APP_VERSIONS, queries::versions),
                        application("GET", Operation.DESCRIBE_APPLICATION_STATUS, queries::status),
                        application("GET", Operation.DESCRIBE_APPLICATION_CONFIG, queries::config),
                        application("GET", Operation.LIST_APPLICATIONS, queries::list),
                        application("GET", Operation.DESCRIBE_APPLICATION_GROUPS, queries::groups),
                        application("GET", Operation.DESCRIBE_APPLICATION_INSTANCES, instances::describe),
                        named("PUT", MAINTENANCE, Operation.SET_MAINTENANCE, maintenance::set),
                        named("GET", MAINTENANCE, Operation.DESCRIBE_MAINTENANCE, maintenance::describe),
                        new Route("GET", "/healthz", "Healthz", false, call -> up()),
                        new Route("GET", "/readyz", "Readyz", false, call -> ready(readiness))),
                route -> key(route.method(), route.path()));
    }
}
