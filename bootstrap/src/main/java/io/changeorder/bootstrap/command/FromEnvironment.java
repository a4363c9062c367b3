package io.changeorder.bootstrap.command;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An option that, when it is not given, is read from the environment: {@code --max-replicas} from {@code CHANGEORDER_MAX_REPLICAS}. */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface FromEnvironment {}
