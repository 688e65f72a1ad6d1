package io.narthex.promql.internal.functions;

import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Mathematical functions of one number, in Go's definitions. */
final class Maths {
  private static final double LN2 = 0.6931471805599453;
  private static final double LN10 = 2.302585092994046;

  private Maths() {}

  static Map<String, DoubleUnaryOperator> all() {
    Map<String, DoubleUnaryOperator> all = new HashMap<>();
    all.put("abs", Math::abs);
    all.put("ceil", Math::ceil);
    all.put("floor", Math::floor);
    all.put("sqrt", Math::sqrt);
    all.put("exp", StrictMath::exp);
    all.put("ln", StrictMath::log);
    all.put("log2", Maths::log2);
    all.put("log10", x -> log2(x) * (LN2 / LN10));
    all.put("sgn", x -> x > 0 ? 1 : x < 0 ? -1 : x);
    all.put("deg", x -> x * 180 / Math.PI);
    all.put("rad", x -> x * Math.PI / 180);
    all.put("sin", StrictMath::sin);
    all.put("cos", StrictMath::cos);
    all.put("tan", StrictMath::tan);
    all.put("asin", StrictMath::asin);
    all.put("acos", StrictMath::acos);
    all.put("atan", StrictMath::atan);
    all.put("sinh", StrictMath::sinh);
    all.put("cosh", StrictMath::cosh);
    all.put("tanh", StrictMath::tanh);
    return all;
  }

  /** Exact for powers of two, as Go's. */
  private static double log2(double x) {
    if (!(x > 0) || Double.isInfinite(x)) {
      return StrictMath.log(x);
    }
    int exponent = Math.getExponent(x) + 1;
    double fraction = Math.scalb(x, -exponent);
    if (exponent <= Double.MIN_EXPONENT) {
      double normal = x * 0x1p54;
      exponent = Math.getExponent(normal) + 1 - 54;
      fraction = Math.scalb(normal, -(exponent + 54));
    }
    return fraction == 0.5 ? exponent - 1 : exponent + StrictMath.log(fraction) * (1 / LN2);
  }
}
