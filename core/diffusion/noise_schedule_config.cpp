#include "core/diffusion/noise_schedule_config.h"

#include <cmath>

#include "core/base/atomic_file.h"

namespace likeness {
namespace {

Error configError(ErrorCode code, const std::filesystem::path& file, const std::string& what) {
  return Error{code, "The noise schedule " + file.string() + " " + what, {}, file.string()};
}

// Reads fields one by one and keeps the first error, so that the reading code stays a list of names.
class FieldReader {
 public:
  FieldReader(const Json& json, const std::filesystem::path& file) : m_json(json), m_file(file) {}

  template <typename T>
  void read(const char* key, T& into) {
    const Json* value = find(key);
    if (value == nullptr) return;
    try {
      into = value->get<T>();
    } catch (const Json::exception&) {
      fail(ErrorCode::Corrupt, std::string("has a value of the wrong kind for \"") + key +
                                   "\". Copy the file again from where the model came from.");
    }
  }

  template <typename T>
  void read(const char* key, std::optional<T>& into) {
    if (find(key) == nullptr) return;
    T value{};
    read(key, value);
    into = value;
  }

  // A word out of a list.
  template <typename Enum>
  void readWord(const char* key, const std::vector<std::pair<const char*, Enum>>& words, std::optional<Enum>& into) {
    std::string word;
    read(key, word);
    if (word.empty()) return;
    for (const auto& [name, value] : words) {
      if (word == name) {
        into = value;
        return;
      }
    }
    fail(ErrorCode::Unsupported,
         std::string("wants ") + key + " \"" + word + "\", which this version can't do. Use another model.");
  }

  void refuse(const char* key) {
    bool wanted = false;
    read(key, wanted);
    if (wanted) {
      fail(ErrorCode::Unsupported, std::string("wants ") + key + ", which this version can't do. Use another model.");
    }
  }

  void check(bool good, const std::string& what) {
    if (!good) fail(ErrorCode::InvalidArgument, what);
  }

  [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

 private:
  const Json* find(const char* key) const {
    const auto found = m_json.find(key);
    return found == m_json.end() || found->is_null() ? nullptr : &*found;
  }
  void fail(ErrorCode code, const std::string& what) {
    if (!m_error) m_error = configError(code, m_file, what);
  }

  const Json& m_json;
  const std::filesystem::path& m_file;
  std::optional<Error> m_error;
};

// What the constructors of some classes of diffusers take for betas that a file leaves out.
void takeClassBetas(NoiseScheduleConfig& config) {
  const std::string& name = config.className;
  const bool consistency = name == "LCMScheduler";
  if (!consistency && name != "HeunDiscreteScheduler" && name != "KDPM2DiscreteScheduler" &&
      name != "KDPM2AncestralDiscreteScheduler") {
    return;
  }
  config.betaStart = 0.00085;
  config.betaEnd = 0.012;
  if (consistency) config.betaSchedule = BetaSchedule::ScaledLinear;
}

void readBetas(FieldReader& reader, NoiseScheduleConfig& config) {
  reader.read("num_train_timesteps", config.trainTimesteps);
  reader.read("beta_start", config.betaStart);
  reader.read("beta_end", config.betaEnd);
  reader.read("trained_betas", config.trainedBetas);
  reader.read("rescale_betas_zero_snr", config.rescaleBetasZeroSnr);
  std::optional<BetaSchedule> betaSchedule;
  reader.readWord<BetaSchedule>("beta_schedule",
                                {{"linear", BetaSchedule::Linear},
                                 {"scaled_linear", BetaSchedule::ScaledLinear},
                                 {"squaredcos_cap_v2", BetaSchedule::SquaredcosCapV2}},
                                betaSchedule);
  config.betaSchedule = betaSchedule.value_or(config.betaSchedule);
}

void readSampling(FieldReader& reader, NoiseScheduleConfig& config) {
  std::optional<PredictionType> prediction;
  reader.readWord<PredictionType>(
      "prediction_type", {{"epsilon", PredictionType::Epsilon}, {"v_prediction", PredictionType::VPrediction}},
      prediction);
  config.predictionType = prediction.value_or(config.predictionType);
  reader.readWord<TimestepSpacing>("timestep_spacing",
                                   {{"leading", TimestepSpacing::Leading},
                                    {"trailing", TimestepSpacing::Trailing},
                                    {"linspace", TimestepSpacing::Linspace}},
                                   config.timestepSpacing);
  reader.read("steps_offset", config.stepsOffset);
  reader.read("set_alpha_to_one", config.setAlphaToOne);
  reader.read("clip_sample", config.clipSample);
  reader.read("clip_sample_range", config.clipSampleRange);
  reader.read("skip_prk_steps", config.skipPrkSteps);
  reader.refuse("thresholding");
}

void readMultistep(FieldReader& reader, NoiseScheduleConfig& config) {
  std::string solver;
  reader.read("solver_type", solver);
  config.heunSolver = solver == "heun";
  config.bh1Solver = solver == "bh1";
  reader.read("solver_order", config.solverOrder);
  reader.read("lower_order_final", config.lowerOrderFinal);
  reader.read("euler_at_final", config.eulerAtFinal);
  reader.read("lambda_min_clipped", config.lambdaMinClipped);
}

void readSigmas(FieldReader& reader, NoiseScheduleConfig& config) {
  reader.read("use_karras_sigmas", config.karrasSigmas);
  reader.read("use_exponential_sigmas", config.exponentialSigmas);
  for (const char* key : {"use_beta_sigmas", "use_lu_lambdas", "use_flow_sigmas"}) reader.refuse(key);
  reader.read("sigma_min", config.sigmaMin);
  reader.read("sigma_max", config.sigmaMax);
  std::optional<bool> linear, discrete;
  reader.readWord<bool>("interpolation_type", {{"linear", true}}, linear);
  reader.readWord<bool>("timestep_type", {{"discrete", true}}, discrete);
  std::optional<FinalSigma> last;
  reader.readWord<FinalSigma>("final_sigmas_type", {{"zero", FinalSigma::Zero}, {"sigma_min", FinalSigma::SigmaMin}},
                              last);
  config.finalSigma = last.value_or(config.finalSigma);
}

void readConsistency(FieldReader& reader, NoiseScheduleConfig& config) {
  reader.read("original_inference_steps", config.originalInferenceSteps);
  reader.read("timestep_scaling", config.timestepScaling);
}

void checkRanges(FieldReader& reader, const NoiseScheduleConfig& config) {
  reader.check(config.trainTimesteps >= 1 && config.trainTimesteps <= 100000,
               "has num_train_timesteps outside 1 to 100000. Correct the file.");
  reader.check(config.betaStart > 0 && config.betaEnd >= config.betaStart && config.betaEnd < 1,
               "needs 0 < beta_start ≤ beta_end < 1. Correct the file.");
  reader.check(config.trainedBetas.empty() ||
                   config.trainedBetas.size() == static_cast<std::size_t>(config.trainTimesteps),
               "has trained_betas of another length than num_train_timesteps. Correct the file.");
  for (const float beta : config.trainedBetas) {
    reader.check(beta > 0 && beta < 1, "has trained_betas outside 0 to 1. Correct the file.");
  }
  reader.check(config.stepsOffset >= 0 && config.stepsOffset < config.trainTimesteps,
               "has steps_offset outside its timesteps. Correct the file.");
  reader.check(config.originalInferenceSteps >= 1 && std::isfinite(config.timestepScaling),
               "has original_inference_steps or timestep_scaling that make no sense. Correct the file.");
  const double smallest = config.sigmaMin.value_or(1e-6);
  reader.check(smallest > 0 && config.sigmaMax.value_or(smallest) >= smallest && std::isfinite(smallest) &&
                   std::isfinite(config.sigmaMax.value_or(smallest)),
               "needs 0 < sigma_min ≤ sigma_max. Correct the file.");
  reader.check(!(config.rescaleBetasZeroSnr && config.predictionType == PredictionType::Epsilon),
               "asks for zero terminal SNR with epsilon prediction, which can't be trained or sampled. Set "
               "prediction_type to v_prediction or rescale_betas_zero_snr to false.");
}

}  // namespace

Result<NoiseScheduleConfig> NoiseScheduleConfig::fromJson(const Json& json, const std::filesystem::path& file) {
  if (!json.is_object()) {
    return configError(ErrorCode::Corrupt, file, "is not a JSON object. Copy it again from where the model came from.");
  }
  NoiseScheduleConfig config;
  FieldReader reader(json, file);
  reader.read("_class_name", config.className);
  takeClassBetas(config);
  readBetas(reader, config);
  readSampling(reader, config);
  readMultistep(reader, config);
  readSigmas(reader, config);
  readConsistency(reader, config);
  checkRanges(reader, config);
  if (reader.error()) return *reader.error();
  return config;
}

Result<Json> readSchedulerJson(const std::filesystem::path& file) { return readJsonFile(file); }

}  // namespace likeness
