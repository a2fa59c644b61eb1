#include <cmath>
#include <optional>

#include "core/base/text.h"
#include "core/weights/lora_file.h"

namespace likeness {
namespace {

// PEFT reads the keys of alpha_pattern as regular expressions that must match the end of a module's name. Only names
// are taken here: a pattern from a file could take for ever.
std::optional<std::string> plainName(std::string key) {
  for (auto at = key.find("\\."); at != std::string::npos; at = key.find("\\.", at)) key.erase(at, 1);
  const std::string_view special = "\\*+?()[]{}|$";
  const auto body = std::string_view(key).substr(key.starts_with('^') ? 1 : 0);
  if (body.empty() || body.find_first_of(special) != std::string_view::npos || body.find('^') != std::string::npos) {
    return std::nullopt;
  }
  return key;
}

}  // namespace

Result<LoraSettings> LoraSettings::fromJson(const Json& settings, const std::filesystem::path& path) {
  const auto fail = [&](ErrorCode code, const std::string& what) {
    return Error{code, path.string() + ": " + what, {}, path.string()};
  };
  const auto kind = jsonOr<std::string>(settings, "peft_type", "LORA");
  if (kind != "LORA") {
    return fail(ErrorCode::Unsupported, "it is an adapter of the kind " + quotedName(kind) +
                                            ", which this version can't apply. Choose a LoRA.");
  }
  LoraSettings result;
  // PEFT's own default is 8.
  result.m_alpha = jsonOr<double>(settings, "lora_alpha", 8);
  result.m_rankStabilised = jsonOr<bool>(settings, "use_rslora", false);
  const auto patterns = settings.find("alpha_pattern");
  if (patterns == settings.end() || !patterns->is_object()) return result;
  for (const auto& [key, value] : patterns->items()) {
    const auto name = plainName(key);
    if (!name) {
      return fail(ErrorCode::Unsupported, "its settings choose modules by the pattern " + quotedName(key) +
                                              ", and only names can be read. Save the LoRA again in the layout of "
                                              "sd-scripts, which keeps alpha with each module.");
    }
    if (!value.is_number()) return fail(ErrorCode::Corrupt, "its settings give " + quotedName(key) + " no number");
    result.m_alphas[*name] = value.get<double>();
  }
  return result;
}

double LoraSettings::alpha(const std::string& module) const {
  if (const auto whole = m_alphas.find("^" + module); whole != m_alphas.end()) return whole->second;
  std::string_view name = module;
  while (true) {  // the longest end of the name that is listed
    if (const auto found = m_alphas.find(name); found != m_alphas.end()) return found->second;
    const auto dot = name.find('.');
    if (dot == std::string_view::npos) return m_alpha;
    name.remove_prefix(dot + 1);
  }
}

double LoraSettings::scale(const std::string& module, std::int64_t rank) const {
  const auto r = static_cast<double>(rank);
  return alpha(module) / (m_rankStabilised ? std::sqrt(r) : r);
}

}  // namespace likeness
