package io.changeorder.bootstrap.policy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.changeorder.application.spi.Authorizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a file of policies: a JSON object from access key id, or {@code *} for all, to a policy of RAM's shape:
 * {@code {"Version":"1","Statement":[{"Effect":"Deny","Action":["sae:AbortChangeOrder"],"Resource":["*"]}]}}. Of a
 * policy's means only effects and actions exist yet: other resources than {@code *}, and conditions, are refused rather
 * than passed over.
 */
public final class PolicyFile {
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
     * @throws PolicyException when it can't be read or is not of this shape
     */
    public static Authorizer read(Path file) {
        return new PolicyFile(file).read();
    }

    private PolicyAuthorizer read() {
        JsonNode root = parse();
        if (!root.isObject()) {
            throw wrong("the document", "must be an object from access key ids to policies");
        }
        Map<String, List<Statement>> policies = new LinkedHashMap<>();
        root.properties().forEach(each -> policies.put(each.getKey(), policy(each.getKey(), each.getValue())));
        return new PolicyAuthorizer(policies);
    }

    private JsonNode parse() {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (JsonProcessingException malformed) {
            throw new PolicyException(
                    "The policy file " + file + " is not JSON: " + malformed.getOriginalMessage() + " (line "
                            + malformed.getLocation().getLineNr() + ")",
                    malformed);
        } catch (IOException unreadable) {
            throw new PolicyException("The policy file " + file + " can't be read: " + unreadable, unreadable);
        }
    }

    private List<Statement> policy(String path, JsonNode policy) {
        requireOnly(path, policy, Set.of("Version", "Statement"));
        if (!policy.path("Version").asText().equals("1")) {
            throw wrong(path + ".Version", "must be \"1\"");
        }
        JsonNode list = policy.path("Statement");
        if (!list.isArray()) {
            throw wrong(path + ".Statement", "must be a list of statements");
        }
        List<Statement> statements = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            statements.add(statement(path + ".Statement[" + i + "]", list.get(i)));
        }
        return statements;
    }

    private Statement statement(String path, JsonNode statement) {
        requireOnly(path, statement, Set.of("Effect", "Action", "Resource"));
        Statement.Effect effect = switch (statement.path("Effect").asText()) {
            case "Allow" -> Statement.Effect.ALLOW;
            case "Deny" -> Statement.Effect.DENY;
            default -> throw wrong(path + ".Effect", "must be \"Allow\" or \"Deny\"");
        };
        List<String> actions = texts(path + ".Action", statement.path("Action"));
        if (!texts(path + ".Resource", statement.path("Resource")).contains("*")) {
            throw wrong(path + ".Resource", "must be \"*\": single resources can't be named yet");
        }
        return Statement.of(effect, actions);
    }

    /** One text or several. */
    private List<String> texts(String path, JsonNode node) {
        if (node.isTextual()) {
            return List.of(node.asText());
        }
        if (!node.isArray() || node.isEmpty()) {
            throw wrong(path, "must be a text or a list of texts");
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            if (!node.get(i).isTextual()) {
                throw wrong(path + "[" + i + "]", "must be a text");
            }
            texts.add(node.get(i).asText());
        }
        return texts;
    }

    private void requireOnly(String path, JsonNode node, Set<String> known) {
        if (!node.isObject()) {
            throw wrong(path, "must be an object");
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw wrong(path + "." + name, "is not known here");
            }
        });
    }

    private PolicyException wrong(String path, String why) {
        return new PolicyException("The policy file " + file + " can't be used: " + path + " " + why + ".");
    }
}
