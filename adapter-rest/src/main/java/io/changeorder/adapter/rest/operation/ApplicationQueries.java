package io.changeorder.adapter.rest.operation;

import io.changeorder.adapter.rest.message.Answer;
import io.changeorder.adapter.rest.message.Failure;
import io.changeorder.adapter.rest.message.RejectedRequest;
import io.changeorder.adapter.rest.parameter.IdParameters;
import io.changeorder.adapter.rest.parameter.NameParameters;
import io.changeorder.adapter.rest.parameter.Parameters;
import io.changeorder.adapter.rest.view.ApplicationFields;
import io.changeorder.adapter.rest.view.CommandFields;
import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.query.DescribeApplication;
import io.changeorder.application.api.query.ListApplicationVersions;
import io.changeorder.application.api.query.ListApplications;
import io.changeorder.application.api.query.Queries;
import io.changeorder.application.api.query.Views.ApplicationView;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.revision.RevisionId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The queries about applications; the one about instances has a class of its own. */
final class ApplicationQueries {
    private final Queries queries;
    private final CommandFields fields;

    ApplicationQueries(Queries queries, CommandFields fields) {
        this.queries = queries;
        this.fields = fields;
    }

    Answer status(Call call) {
        return describe(call, Operation.DESCRIBE_APPLICATION_STATUS, view -> Answer.of(ApplicationFields.status(view)));
    }

    Answer groups(Call call) {
        Paging paging = Paging.of(call.parameters());
        return describe(
                call,
                Operation.DESCRIBE_APPLICATION_GROUPS,
                view -> Answer.ofRows(paging.of(List.of(ApplicationFields.group(view)))));
    }

    Answer config(Call call) {
        Optional<RevisionId> named = IdParameters.versionIfAny(call.parameters());
        return describe(
                call,
                Operation.DESCRIBE_APPLICATION_CONFIG,
                view -> named.isPresent()
                                && view.version()
                                        .map(Version::id)
                                        .filter(named.get()::equals)
                                        .isEmpty()
                        ? historicalConfig(call, view, named.get())
                        : Answer.of(ApplicationFields.config(view, view.version(), ApplicationFields.settings(view))));
    }

    Answer versions(Call call) {
        return versions(
                call,
                Operation.LIST_APP_VERSIONS,
                versions -> Answer.ofRows(
                        versions.stream().map(ApplicationFields::version).toList()));
    }

    Answer list(Call call) {
        Parameters parameters = call.parameters();
        Paging paging = Paging.of(parameters);
        ListApplications.Query query = new ListApplications.Query(
                parameters.text("AppName").or(() -> fieldValue(parameters)).orElse(""),
                NameParameters.namespace(parameters),
                paging.page(),
                paging.size());
        return queries.listApplications()
                .handle(call.request(), query)
                .match(
                        page -> Answer.of(paging.data(
                                "Applications", page.map(ApplicationFields::row).items(), page.total())),
                        refusal -> fields.refused(refusal, false));
    }

    private Answer historicalConfig(Call call, ApplicationView view, RevisionId named) {
        return versions(
                call,
                Operation.DESCRIBE_APPLICATION_CONFIG,
                versions -> versions.stream()
                        .filter(version -> version.id().equals(named))
                        .findFirst()
                        .map(version ->
                                ApplicationFields.config(view, Optional.of(version), Optional.of(version.settings())))
                        .<Answer>map(Answer::of)
                        .orElseGet(() -> Failure.invalid("VersionId")));
    }

    /** The other way to say AppName; what else can be searched by does not exist here. */
    private static Optional<String> fieldValue(Parameters parameters) {
        Optional<String> type = parameters.text("FieldType");
        if (type.isPresent() && !type.get().equals("appName")) {
            throw new RejectedRequest(Failure.unusable("FieldType", "only appName can be searched by"));
        }
        return type.flatMap(appName -> parameters.text("FieldValue"));
    }

    private Answer describe(Call call, Operation operation, Function<ApplicationView, Answer> answer) {
        return match(
                queries.describeApplication()
                        .handle(
                                call.request(),
                                new DescribeApplication.Query(IdParameters.application(call.parameters()), operation)),
                answer);
    }

    private Answer versions(Call call, Operation operation, Function<List<Version>, Answer> answer) {
        return match(
                queries.listVersions()
                        .handle(
                                call.request(),
                                new ListApplicationVersions.Query(
                                        IdParameters.application(call.parameters()), operation)),
                answer);
    }

    private <T> Answer match(Outcome<T> outcome, Function<T, Answer> answer) {
        return outcome.match(answer, refusal -> fields.refused(refusal, false));
    }
}
