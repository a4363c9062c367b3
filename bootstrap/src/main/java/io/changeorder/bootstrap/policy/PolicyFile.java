package io.changeorder.bootstrap.policy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.changeorder.adapter.access.policy.Policies;
import io.changeorder.adapter.access.policy.PolicyAuthorizer;
import io.changeorder.adapter.access.policy.PolicyException;
import io.changeorder.application.spi.Authorizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a file of policies: a JSON object from access key id, or {@code *} for all, to the name of a policy or to a
 * document. What nobody's policy allows is denied.
 */
public final class PolicyFile {
    private static final String EVERYBODY = "*";
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Path file;

    private PolicyFile(Path file) {
        this.file = file;
    }

    /**
     * Reads it whole.
     *
     * @throws PolicyFileException when it can't be read or is not of this shape
     */
    public static Authorizer read(Path file) {
        Map<String, String> policies = new PolicyFile(file).policies();
        return new PolicyAuthorizer(
                access -> Stream.of(access.actor().name(), EVERYBODY)
                        .distinct()
                        .flatMap(key -> Optional.ofNullable(policies.get(key)).stream())
                        .toList(),
                PolicyAuthorizer.DEFAULT_REGION,
                PolicyAuthorizer.DEFAULT_ACCOUNT);
    }

    private Map<String, String> policies() {
        JsonNode root = parse();
        if (!root.isObject()) {
            throw new PolicyFileException(unusable("it must be an object from access key ids to policies."));
        }
        Map<String, String> policies = new LinkedHashMap<>();
        root.properties().forEach(each -> policies.put(each.getKey(), usable(each.getKey(), each.getValue())));
        return policies;
    }

    private JsonNode parse() {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (JsonProcessingException malformed) {
            throw new PolicyFileException(
                    "The policy file " + file + " is not JSON: " + malformed.getOriginalMessage() + ".", malformed);
        } catch (IOException unreadable) {
            throw new PolicyFileException("The policy file " + file + " can't be read: " + unreadable, unreadable);
        }
    }

    private String usable(String key, JsonNode given) {
        String policy = given.isTextual() ? given.textValue() : given.toString();
        try {
            Policies.resolve(policy);
            return policy;
        } catch (PolicyException unusable) {
            throw new PolicyFileException(unusable(key + ": " + unusable.getMessage()), unusable);
        }
    }

    private String unusable(String why) {
        return "The policy file " + file + " can't be used: " + why;
    }
}
