#include "core/diffusion/samplers.h"

#include "core/base/text.h"

namespace likeness {

torch::Tensor sample(Sampler sampler, const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                     const SamplerOptions& options) {
  switch (sampler) {
    case Sampler::Ddim:
      return sampleDdim(model, std::move(x), schedule, options);
    case Sampler::Plms:
      return samplePlms(model, std::move(x), schedule, options);
    case Sampler::Dpmpp2m:
      return sampleDpmpp2m(model, std::move(x), schedule, options);
  }
  throw std::logic_error("unknown sampler");
}

double initialNoiseSigma(Sampler, const NoiseSchedule&) { return 1.0; }

const std::vector<std::string>& samplerNames() {
  static const std::vector<std::string> names = {"ddim", "plms", "dpmpp-2m"};
  return names;
}

const char* samplerName(Sampler sampler) { return samplerNames()[static_cast<std::size_t>(sampler)].c_str(); }

Result<Sampler> parseSampler(std::string_view name) {
  const auto& names = samplerNames();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (name == names[i]) return static_cast<Sampler>(i);
  }
  const std::string nearest = nearestWord(name, names);
  return Error{ErrorCode::InvalidArgument,
               "There is no sampler \"" + std::string(name) + "\". " +
                   (nearest.empty() ? std::string() : "Did you mean " + nearest + "? ") +
                   "Choose ddim, plms or dpmpp-2m."};
}

}  // namespace likeness
