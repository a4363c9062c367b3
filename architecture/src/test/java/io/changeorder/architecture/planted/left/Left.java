package io.changeorder.architecture.planted.left;

import io.changeorder.architecture.planted.right.Right;
import java.util.Optional;

public record Left(Optional<Right> right) {}
