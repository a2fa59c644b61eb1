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
  // Multistep solvers only.
  bool heunSolver = false;                         ///< DPM-Solver++: instead of the midpoint rule
  bool bh1Solver = false;                          ///< UniPC: B(h) = h, instead of e^h − 1
  std::optional<std::int64_t> solverOrder = {};    ///< UniPC
  bool lowerOrderFinal = true;
  bool eulerAtFinal = false;
  double lambdaMinClipped = -std::numeric_limits<double>::infinity();
  // Samplers on σ, see SigmaLevels.
  bool karrasSigmas = false;
  bool exponentialSigmas = false;
  std::optional<double> sigmaMin = {};  ///< ends of Karras' and exponential levels, instead of the schedule's own
  std::optional<double> sigmaMax = {};
  FinalSigma finalSigma = FinalSigma::Zero;
  // LCM only.
  std::int64_t originalInferenceSteps = 50;  ///< timesteps that the model was distilled at
  double timestepScaling = 10.0;

  /// Reads a parsed config; `file` only names it in errors. Unsupported for prediction types other than epsilon and v,
  /// for thresholding and unknown beta schedules or spacings; InvalidArgument for values out of range, and for epsilon
  /// with zero terminal SNR (at its last timestep the noise says nothing about the picture).
  [[nodiscard]] static Result<NoiseScheduleConfig> fromJson(const Json& json, const std::filesystem::path& file);
};

/// Reads a scheduler_config.json of at most 4 MiB. Takes -Infinity and NaN, which Python's json writes, as null.
[[nodiscard]] Result<Json> readSchedulerJson(const std::filesystem::path& file);

}  // namespace likeness
