#include "core/api/sampler.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "core/base/text.h"

namespace likeness {
namespace {

struct Naming {
  const char* name;
  const char* title;
};

// In the order of the enums.
constexpr std::array<Naming, 15> kSamplers = {{{"ddim", "DDIM"},
                                               {"plms", "PLMS"},
                                               {"euler", "Euler"},
                                               {"euler-a", "Euler a"},
                                               {"heun", "Heun"},
                                               {"dpm2", "DPM2"},
                                               {"dpm2-a", "DPM2 a"},
                                               {"dpmpp-2s-a", "DPM++ 2S a"},
                                               {"dpmpp-2m", "DPM++ 2M"},
                                               {"dpmpp-2m-sde", "DPM++ 2M SDE"},
                                               {"dpmpp-3m-sde", "DPM++ 3M SDE"},
                                               {"unipc", "UniPC"},
                                               {"lms", "LMS"},
                                               {"lcm", "LCM"},
                                               {"ddpm", "DDPM"}}};
constexpr std::array<Naming, 6> kSchedules = {{{"model", "Automatic"},
                                               {"normal", "Normal"},
                                               {"karras", "Karras"},
                                               {"exponential", "Exponential"},
                                               {"sgm-uniform", "SGM Uniform"},
                                               {"trailing", "Simple"}}};

static_assert(kSamplers.size() == static_cast<std::size_t>(Sampler::Ddpm) + 1);
static_assert(kSchedules.size() == static_cast<std::size_t>(SigmaSchedule::Trailing) + 1);

template <typename Table>
std::vector<std::string> namesOf(const Table& table) {
  std::vector<std::string> names;
  for (const auto& entry : table) names.emplace_back(entry.name);
  return names;
}

template <typename Enum>
Result<Enum> parse(std::string_view name, const std::vector<std::string>& names, const char* what) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<Enum>(found - names.begin());
  std::string all;
  for (std::size_t i = 0; i < names.size(); ++i) {
    all += (i == 0 ? "" : i + 1 == names.size() ? " or " : ", ") + names[i];
  }
  const std::string nearest = nearestWord(name, names);
  return Error{ErrorCode::InvalidArgument, "There is no " + std::string(what) + " \"" + std::string(name) + "\". " +
                                               (nearest.empty() ? "" : "Did you mean " + nearest + "? ") + "Choose " +
                                               all + "."};
}

std::string lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

template <typename Enum, typename Table>
std::optional<Enum> titled(std::string_view title, const Table& table) {
  const std::string wanted = lowered(title);
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (wanted == lowered(table[i].title)) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

std::optional<SigmaSchedule> scheduleTitled(std::string_view title) {
  if (lowered(title) == "uniform") return SigmaSchedule::Normal;  // both walk the timesteps evenly
  return titled<SigmaSchedule>(title, kSchedules);
}

}  // namespace

const std::vector<std::string>& samplerNames() {
  static const auto names = namesOf(kSamplers);
  return names;
}

const std::vector<std::string>& sigmaScheduleNames() {
  static const auto names = namesOf(kSchedules);
  return names;
}

const char* samplerName(Sampler sampler) { return kSamplers[static_cast<std::size_t>(sampler)].name; }
const char* sigmaScheduleName(SigmaSchedule schedule) { return kSchedules[static_cast<std::size_t>(schedule)].name; }
const char* samplerTitle(Sampler sampler) { return kSamplers[static_cast<std::size_t>(sampler)].title; }
const char* sigmaScheduleTitle(SigmaSchedule schedule) { return kSchedules[static_cast<std::size_t>(schedule)].title; }

Result<Sampler> parseSampler(std::string_view name) { return parse<Sampler>(name, samplerNames(), "sampler"); }

Result<SigmaSchedule> parseSigmaSchedule(std::string_view name) {
  return parse<SigmaSchedule>(name, sigmaScheduleNames(), "schedule");
}

std::optional<SamplerChoice> parseSamplerTitle(std::string_view sampler, std::string_view schedule) {
  SamplerChoice choice;
  if (!schedule.empty()) {
    const auto known = scheduleTitled(schedule);
    if (!known) return std::nullopt;
    choice.schedule = *known;
  }
  auto known = titled<Sampler>(sampler, kSamplers);
  const auto space = sampler.rfind(' ');
  if (!known && schedule.empty() && space != std::string_view::npos) {
    const auto last = scheduleTitled(sampler.substr(space + 1));
    known = titled<Sampler>(sampler.substr(0, space), kSamplers);
    if (!last || !known) return std::nullopt;
    choice.schedule = *last;
  }
  if (!known) return std::nullopt;
  choice.sampler = *known;
  return choice;
}

}  // namespace likeness
