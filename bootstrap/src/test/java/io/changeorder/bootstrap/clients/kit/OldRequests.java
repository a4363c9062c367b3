package io.changeorder.bootstrap.clients.kit;

import com.aliyuncs.RoaAcsRequest;
import com.aliyuncs.sae.model.v20190506.AbortAndRollbackChangeOrderRequest;
import com.aliyuncs.sae.model.v20190506.AbortChangeOrderRequest;
import com.aliyuncs.sae.model.v20190506.ConfirmPipelineBatchRequest;
import com.aliyuncs.sae.model.v20190506.CreateApplicationRequest;
import com.aliyuncs.sae.model.v20190506.DeleteApplicationRequest;
import com.aliyuncs.sae.model.v20190506.DeployApplicationRequest;
import com.aliyuncs.sae.model.v20190506.DescribeApplicationConfigRequest;
import com.aliyuncs.sae.model.v20190506.DescribeApplicationGroupsRequest;
import com.aliyuncs.sae.model.v20190506.DescribeApplicationInstancesRequest;
import com.aliyuncs.sae.model.v20190506.DescribeApplicationStatusRequest;
import com.aliyuncs.sae.model.v20190506.DescribeChangeOrderRequest;
import com.aliyuncs.sae.model.v20190506.ListApplicationsRequest;
import com.aliyuncs.sae.model.v20190506.ListChangeOrdersRequest;
import com.aliyuncs.sae.model.v20190506.RescaleApplicationRequest;
import com.aliyuncs.sae.model.v20190506.RestartApplicationRequest;
import com.aliyuncs.sae.model.v20190506.StartApplicationRequest;
import com.aliyuncs.sae.model.v20190506.StopApplicationRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The 17 operations that the old client has.
 *
 * @param call what the operation is and requires
 * @param empty makes a request without any parameter
 */
public record OldRequests(WireCall call, Supplier<RoaAcsRequest<?>> empty) {
    public static final List<OldRequests> ALL = List.of(
            of("AbortAndRollbackChangeOrder", AbortAndRollbackChangeOrderRequest::new),
            of("AbortChangeOrder", AbortChangeOrderRequest::new),
            of("ConfirmPipelineBatch", ConfirmPipelineBatchRequest::new),
            of("DescribeChangeOrder", DescribeChangeOrderRequest::new),
            of("ListChangeOrders", ListChangeOrdersRequest::new),
            of("CreateApplication", CreateApplicationRequest::new),
            of("DeployApplication", DeployApplicationRequest::new),
            of("RestartApplication", RestartApplicationRequest::new),
            of("RescaleApplication", RescaleApplicationRequest::new),
            of("StartApplication", StartApplicationRequest::new),
            of("StopApplication", StopApplicationRequest::new),
            of("DeleteApplication", DeleteApplicationRequest::new),
            of("DescribeApplicationStatus", DescribeApplicationStatusRequest::new),
            of("DescribeApplicationConfig", DescribeApplicationConfigRequest::new),
            of("ListApplications", ListApplicationsRequest::new),
            of("DescribeApplicationGroups", DescribeApplicationGroupsRequest::new),
            of("DescribeApplicationInstances", DescribeApplicationInstancesRequest::new));

    private static OldRequests of(String operation, Supplier<RoaAcsRequest<?>> empty) {
        return new OldRequests(WireCall.of(operation), empty);
    }

    /** A request with what is required. */
    public RoaAcsRequest<?> complete() {
        return with(call.required());
    }

    /** A request with these parameters. */
    public RoaAcsRequest<?> with(Map<String, String> parameters) {
        RoaAcsRequest<?> request = empty.get();
        parameters.forEach(request::<Object>putQueryParameter);
        return request;
    }

    @Override
    public String toString() {
        return call.operation();
    }
}
