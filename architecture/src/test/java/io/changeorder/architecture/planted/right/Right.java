package io.changeorder.architecture.planted.right;

import io.changeorder.architecture.planted.left.Left;
import java.util.Optional;

public record Right(Optional<Left> left) {}
