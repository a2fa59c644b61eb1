#include "core/api/method_options.h"

#include "core/api/option_kinds.h"

namespace likeness {
namespace {

using namespace option_kinds;
using C = TrainConfig;
constexpr std::int64_t kMostTimesteps = 100'000;

std::vector<TrainOption> lossOptions() {
  return {
      choice<LossKind>("loss", "How an error counts; huber and smooth-l1 care less about single large ones.", true,
                       &C::loss,
                       {{"mse", LossKind::Mse}, {"huber", LossKind::Huber}, {"smooth-l1", LossKind::SmoothL1}}),
      choice<HuberSchedule>("huber_schedule", "How the size above which an error is large depends on the noise.", true,
                            &C::huberSchedule,
                            {{"constant", HuberSchedule::Constant},
                             {"exponential", HuberSchedule::Exponential},
                             {"snr", HuberSchedule::Snr}}),
      number<double>("huber_c", "", "Errors above this are large (where the noise is strongest).", true, &C::huberC,
                     1e-4, 10),
      number<double>("snr_gamma", "", "Min-SNR: noise levels that are too easy count less; 5 is usual, 0: off.", true,
                     &C::snrGamma, 0, 1000),
      yesNo("debiased_estimation", "Weigh noise levels so that the implied picture counts more evenly.",
            &C::debiasedEstimation),
  };
}

std::vector<TrainOption> drawOptions() {
  return {
      number<double>("noise_offset", "", "Shifts each channel's noise, so that very dark and bright pictures can be learnt.",
                     true, &C::noiseOffset, 0, 1),
      number<std::int64_t>("pyramid_noise_levels", "",
                           "Adds coarser noise at so many sizes; 6 to 10 are usual, 0: off.", true,
                           &C::pyramidNoiseLevels, 0, 16),
      number<double>("pyramid_noise_discount", "", "How much each coarser size counts beside the one before.", true,
                     &C::pyramidNoiseDiscount, 0, 1),
      number<double>("input_perturbation", "", "Noise beyond what is to be predicted; 0.1 is usual, 0: off.", true,
                     &C::inputPerturbation, 0, 1),
      choice<TimestepSampling>("timestep_sampling", "Which noise levels are drawn how often.", true,
                               &C::timestepSampling,
                               {{"uniform", TimestepSampling::Uniform},
                                {"logit-normal", TimestepSampling::LogitNormal},
                                {"stratified", TimestepSampling::Stratified}}),
      number<std::int64_t>("timestep_min", "", "The weakest noise level drawn.", true, &C::timestepMin, 0,
                           kMostTimesteps),
      number<std::int64_t>("timestep_max", "", "Noise levels stay below this; 0: all.", true, &C::timestepMax, 0,
                           kMostTimesteps),
      number<double>("timestep_logit_mean", "", "Of logit-normal: above 0 prefers strong noise.", true,
                     &C::timestepLogitMean, -10, 10),
      number<double>("timestep_logit_std", "", "Of logit-normal: how widely it spreads.", true, &C::timestepLogitStd,
                     1e-3,
                     10),
      number<double>("caption_dropout", "", "Share of the draws that are shown without their words.", true,
                     &C::captionDropout, 0, 1),
  };
}

std::vector<TrainOption> optimizerOptions() {
  return {
      number<double>("lr_cycles", "", "Of cosine-restarts: how often the rate falls to 0.", true, &C::lrCycles, 1,
                     1000),
      number<double>("lr_power", "", "Of polynomial: 1 falls in a line, more falls faster at first.", true,
                     &C::lrPower, 0.01,
                     100),
      choice<OptimizerKind>("optimizer", "What turns gradients into steps; adamw8bit and adafactor need less memory.",
                            true,
                            &C::optimizer,
                            {{"adamw", OptimizerKind::AdamW},
                             {"adamw8bit", OptimizerKind::AdamW8bit},
                             {"sgd", OptimizerKind::Sgd},
                             {"lion", OptimizerKind::Lion},
                             {"adafactor", OptimizerKind::Adafactor},
                             {"prodigy", OptimizerKind::Prodigy}}),
      number<double>("beta1", "", "How long the optimizer remembers directions (of sgd: momentum).", true, &C::beta1, 0,
                     0.99999),
      number<double>("beta2", "", "How long it remembers sizes; 0: its own, 0.999 (lion 0.99).", true, &C::beta2, 0,
                     0.99999),
      yesNo("adafactor_relative_step", "Adafactor sets its own rate; learning_rate then doesn't matter.",
            &C::adafactorRelativeStep),
      number<double>("prodigy_d_coef", "", "Scales the rate that prodigy finds.", true, &C::prodigyDCoef, 1e-3, 1000),
      yesNo("prodigy_bias_correction", "Prodigy starts more carefully.", &C::prodigyBiasCorrection),
      yesNo("prodigy_safeguard_warmup", "Prodigy's estimate leaves the warm-up out.", &C::prodigySafeguardWarmup),
  };
}

std::vector<TrainOption> averageAndMemoryOptions() {
  return {
      number<double>("ema_decay", "", "Pictures are made with an average of the weights; 0.999 for short runs, 0: off.",
                     true, &C::emaDecay, 0, 0.999999),
      yesNo("ema_warmup", "The average follows by ema_inv_gamma and ema_power at first.", &C::emaWarmup),
      number<double>("ema_inv_gamma", "steps", "Of the average's warm-up: how soon it begins.", true, &C::emaInvGamma,
                     1e-3, 1e6),
      number<double>("ema_power", "", "Of the average's warm-up: 2/3 for long runs, 3/4 for short ones.", true,
                     &C::emaPower,
                     1e-3, 10),
      yesNo("gradient_checkpointing", "Compute layers twice instead of keeping them: less memory, a third more time.",
            &C::gradientCheckpointing),
  };
}

}  // namespace

std::vector<TrainOption> methodOptions() {
  std::vector<TrainOption> all;
  for (auto part : {lossOptions(), drawOptions(), optimizerOptions(), averageAndMemoryOptions()}) {
    for (auto& option : part) all.push_back(std::move(option));
  }
  return all;
}

}  // namespace likeness
