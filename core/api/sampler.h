#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace likeness {

/// How noise becomes a picture; core/diffusion/samplers.h says what each computes, docs/samplers.md which paper it is.
enum class Sampler {
  Ddim,
  Plms,
  Euler,
  EulerAncestral,
  Heun,
  Dpm2,
  Dpm2Ancestral,
  Dpmpp2sAncestral,
  Dpmpp2m,
  Dpmpp2mSde,
  Dpmpp3mSde,
  UniPc,
  Lms,
  Lcm,
  Ddpm,
};

/// Which noise levels a sampler's steps go through.
enum class SigmaSchedule {
  Model,        ///< as the model's scheduler file says
  Normal,       ///< that file's spacing of timesteps, even if it asks for Karras' or exponential levels
  Karras,       ///< even in σ^(1/7)
  Exponential,  ///< even in log σ
  SgmUniform,   ///< timesteps even from the last to 0, without the 0
  Trailing,     ///< timesteps even, counted down from the last
};

/// A sampler and a schedule, as one line of a picture's recipe names them.
struct SamplerChoice {
  Sampler sampler = Sampler::Ddim;
  SigmaSchedule schedule = SigmaSchedule::Model;
};

/// All names, in the order of the enums: "ddim", "plms", "euler", "euler-a", … and "model", "normal", "karras", ….
[[nodiscard]] const std::vector<std::string>& samplerNames();
[[nodiscard]] const std::vector<std::string>& sigmaScheduleNames();

[[nodiscard]] const char* samplerName(Sampler sampler);
[[nodiscard]] const char* sigmaScheduleName(SigmaSchedule schedule);

/// What AUTOMATIC1111 calls them: "Euler a", "DPM++ 2M SDE"; "Automatic", "Karras", "SGM Uniform", "Simple" (trailing).
[[nodiscard]] const char* samplerTitle(Sampler sampler);
[[nodiscard]] const char* sigmaScheduleTitle(SigmaSchedule schedule);

/// The one with this name; anything else is InvalidArgument, suggesting the nearest.
[[nodiscard]] Result<Sampler> parseSampler(std::string_view name);
[[nodiscard]] Result<SigmaSchedule> parseSigmaSchedule(std::string_view name);

/// Reads AUTOMATIC1111's titles in any case: `sampler` as its "Sampler:", which in older pictures ends in the schedule
/// ("DPM++ 2M Karras"); `schedule` as its "Schedule type:", or empty. Nothing when we have no such sampler or schedule.
[[nodiscard]] std::optional<SamplerChoice> parseSamplerTitle(std::string_view sampler, std::string_view schedule = {});

}  // namespace likeness
