#include "core/diffusion/samplers.h"

#include "core/diffusion/alpha_steps.h"
#include "core/diffusion/plms_plan.h"
#include "core/diffusion/sampler_run.h"
#include "core/diffusion/sigma_levels.h"

namespace likeness {

torch::Tensor sample(Sampler sampler, const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                     const SamplerOptions& options) {
  using Function = torch::Tensor (*)(const Denoiser&, torch::Tensor, const NoiseSchedule&, const SamplerOptions&);
  const auto function = [&]() -> Function {
    switch (sampler) {
      case Sampler::Ddim:
        return sampleDdim;
      case Sampler::Plms:
        return samplePlms;
      case Sampler::Euler:
        return sampleEuler;
      case Sampler::EulerAncestral:
        return sampleEulerAncestral;
      case Sampler::Heun:
        return sampleHeun;
      case Sampler::Dpm2:
        return sampleDpm2;
      case Sampler::Dpm2Ancestral:
        return sampleDpm2Ancestral;
      case Sampler::Dpmpp2sAncestral:
        return sampleDpmpp2sAncestral;
      case Sampler::Dpmpp2m:
        return sampleDpmpp2m;
      case Sampler::Dpmpp2mSde:
        return sampleDpmpp2mSde;
      case Sampler::Dpmpp3mSde:
        return sampleDpmpp3mSde;
      case Sampler::UniPc:
        return sampleUniPc;
      case Sampler::Lms:
        return sampleLms;
      case Sampler::Lcm:
        return sampleLcm;
      case Sampler::Ddpm:
        return sampleDdpm;
    }
    throw std::logic_error("unknown sampler");
  };
  return function()(model, std::move(x), schedule, options);
}

NoiseLevel startLevel(Sampler sampler, const NoiseSchedule& schedule, const SamplerOptions& options) {
  const std::int64_t first = firstStep(options);
  switch (sampler) {
    case Sampler::Ddim:
    case Sampler::Ddpm:
    case Sampler::Lcm:
      return alphaSteps(sampler, schedule, options)[static_cast<std::size_t>(first)].level();
    case Sampler::Plms: {
      const auto t = makePlmsPlan(schedule.config(), options).timesteps.front();
      const float alpha = schedule.unscaledAlphasCumprodTable()[static_cast<std::size_t>(t)];
      return AlphaStep{static_cast<double>(t), alpha, alpha}.level();
    }
    default: {
      const SigmaLevels levels = sigmaLevels(sampler, schedule, options);
      return levelOfSigma(levels.sigma(first), levels.timestep(first), levels.variancePreserving);
    }
  }
}

double initialNoiseSigma(Sampler sampler, const NoiseSchedule& schedule, const SamplerOptions& options) {
  switch (sampler) {
    case Sampler::Ddim:
    case Sampler::Ddpm:
    case Sampler::Lcm:
    case Sampler::Plms:
      return 1.0;
    default:
      return sigmaLevels(sampler, schedule, options).initialNoiseSigma;
  }
}

std::int64_t modelEvaluations(Sampler sampler, const NoiseSchedule& schedule, const SamplerOptions& options) {
  const std::int64_t steps = options.steps - firstStep(options);
  switch (sampler) {
    case Sampler::Plms:
      return std::ssize(makePlmsPlan(schedule.config(), options).timesteps);
    case Sampler::Heun:
    case Sampler::Dpm2:
    case Sampler::Dpm2Ancestral:
    case Sampler::Dpmpp2sAncestral:
      return 2 * steps - 1;  // the last step ends at σ = 0, where no model can be asked
    default:
      return steps;
  }
}

Result<void> checkSamplerOptions(Sampler sampler, const NoiseSchedule& schedule, const SamplerOptions& options) {
  if (!(options.eta >= 0 && options.eta <= 1)) return Error{ErrorCode::InvalidArgument, "eta must lie between 0 and 1."};
  try {
    static_cast<void>(startLevel(sampler, schedule, options));
  } catch (const ErrorException& exception) {
    return exception.error();
  }
  return {};
}

std::string samplerAdvice(Sampler sampler, const NoiseSchedule& schedule, const SamplerOptions& options) {
  if (!schedule.config().rescaleBetasZeroSnr || options.strength < 1) return {};
  if (sampler == Sampler::Plms) {
    return "This model was trained to pure noise (zero terminal SNR), which plms doesn't know. Another sampler, such "
           "as ddim, suits it better.";
  }
  const auto last = static_cast<double>(schedule.trainTimesteps() - 1);
  if (startLevel(sampler, schedule, options).timestep >= last) return {};
  return "This model was trained to pure noise (zero terminal SNR), but this schedule starts below it, so very bright "
         "and dark pictures come out greyish. The schedule trailing suits it better.";
}

}  // namespace likeness
