package io.changeorder.bootstrap.clients.kit;

import com.aliyuncs.AcsResponse;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.RoaAcsRequest;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.policy.retry.RetryPolicy;
import com.aliyuncs.policy.retry.conditions.ExceptionsCondition;
import com.aliyuncs.profile.DefaultProfile;
import com.aliyuncs.sae.model.v20190506.DescribeChangeOrderRequest;
import java.net.SocketException;
import java.util.Set;
import org.assertj.core.api.Assertions;

/** The vendor's old generated client, which signs with HMAC-SHA1. It lacks three of the operations. */
public final class OldClient implements AutoCloseable {
    private final String endpoint;
    private final DefaultAcsClient client;

    public OldClient(String endpoint, String key) {
        this(endpoint, key, "testSK");
    }

    public OldClient(String endpoint, String key, String secret) {
        this.endpoint = endpoint;
        this.client = new DefaultAcsClient(DefaultProfile.getProfile("cn-hangzhou", key, secret));
    }

    public <T extends AcsResponse> T call(RoaAcsRequest<T> request) {
        try {
            return client.getAcsResponse(here(request));
        } catch (ClientException refused) {
            throw new IllegalStateException(request + " was refused", refused);
        }
    }

    /** The same, again after a connection is lost. */
    public <T extends AcsResponse> T callPatiently(RoaAcsRequest<T> request) {
        client.setSysRetryPolicy(RetryPolicy.builder()
                .maxNumberOfRetries(3)
                .retryConditions(Set.of(ExceptionsCondition.create(Set.of(SocketException.class))))
                .build());
        return call(request);
    }

    /** The same, with the answer travelling as XML. */
    public <T extends AcsResponse> T callForXml(RoaAcsRequest<T> request) {
        request.setSysAcceptFormat(FormatType.XML);
        return call(request);
    }

    public Refused refusal(RoaAcsRequest<?> request) {
        return Refused.of(
                Assertions.catchThrowableOfType(ClientException.class, () -> client.getAcsResponse(here(request))));
    }

    /** A request for an order. */
    public static DescribeChangeOrderRequest describe(String order) {
        DescribeChangeOrderRequest request = new DescribeChangeOrderRequest();
        request.setChangeOrderId(order);
        return request;
    }

    private <T extends AcsResponse> RoaAcsRequest<T> here(RoaAcsRequest<T> request) {
        request.setSysEndpoint(endpoint);
        request.setSysProtocol(ProtocolType.HTTP);
        return request;
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
