#pragma once
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"

namespace likeness {

enum class PredictionType { Epsilon, VPrediction };
enum class BetaSchedule { Linear, ScaledLinear, SquaredcosCapV2 };
enum class TimestepSpacing { Leading, Trailing, Linspace };
enum class FinalSigma { Zero, SigmaMin };

/// What a `scheduler_config.json` says. A field that the file leaves out takes the default of the scheduler class that
/// reads it, and those differ between classes, so such fields are optional here and the samplers fill them in.
struct NoiseScheduleConfig {
  std::string className = "DDIMScheduler";
  std::int64_t trainTimesteps = 1000;
  double betaStart = 0.0001;
  double betaEnd = 0.02;
  BetaSchedule betaSchedule = BetaSchedule::Linear;
  std::vector<float> trainedBetas = {};  ///< instead of the beta schedule, when not empty
  PredictionType predictionType = PredictionType::Epsilon;
  std::optional<TimestepSpacing> timestepSpacing = {};
  std::int64_t stepsOffset = 0;
  std::optional<bool> setAlphaToOne = {};
  std::optional<bool> clipSample = {};
  double clipSampleRange = 1.0;
  bool rescaleBetasZeroSnr = false;
  bool skipPrkSteps = false;  ///< PNDM: linear multistep from the first step, without Runge-Kutta steps
  // DPM-Solver++ only.
  bool heunSolver = false;  ///< instead of the midpoint rule
  bool lowerOrderFinal = true;
  bool eulerAtFinal = false;
  bool karrasSigmas = false;
  FinalSigma finalSigma = FinalSigma::Zero;
  double lambdaMinClipped = -std::numeric_limits<double>::infinity();

  /// Reads a parsed config; `file` only names it in errors. Unsupported for prediction types other than epsilon and v,
  /// for thresholding and unknown beta schedules or spacings; InvalidArgument for values out of range, and for epsilon
  /// with zero terminal SNR (at its last timestep the noise says nothing about the picture).
  [[nodiscard]] static Result<NoiseScheduleConfig> fromJson(const Json& json, const std::filesystem::path& file);
};

/// Reads a scheduler_config.json of at most 4 MiB. Takes -Infinity and NaN, which Python's json writes, as null.
[[nodiscard]] Result<Json> readSchedulerJson(const std::filesystem::path& file);

}  // namespace likeness
