package io.changeorder.application.api.query;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Every query, for whoever serves them all. */
@Singleton
public record Queries(
        DescribeChangeOrder describeOrder,
        ListChangeOrders listOrders,
        DescribeBatch describeBatch,
        DescribeApplication describeApplication,
        ListApplications listApplications,
        ListApplicationVersions listVersions,
        DescribeMaintenance describeMaintenance) {

    @Inject
    public Queries {}
}
