#include "core/weights/layouts/key_map.h"

namespace likeness {
namespace {

constexpr std::size_t kLongestName = 512;  // of any tensor of these models; a file's may be megabytes of dots

// The rule whose beginning is the longest that `name` has: the whole name, else up to one of its dots.
std::optional<std::size_t> ruleFor(const std::string& name, const std::unordered_map<std::string, std::size_t>& rules) {
  if (name.size() > kLongestName) return std::nullopt;
  if (const auto whole = rules.find(name); whole != rules.end()) return whole->second;
  for (auto dot = name.rfind('.'); dot != std::string::npos && dot > 0; dot = name.rfind('.', dot - 1)) {
    if (const auto found = rules.find(name.substr(0, dot + 1)); found != rules.end()) return found->second;
  }
  return std::nullopt;
}

// What follows `ending` in `rest`, if it begins with it.
std::optional<std::string_view> after(std::string_view rest, std::string_view ending) {
  if (!rest.starts_with(ending)) return std::nullopt;
  rest.remove_prefix(ending.size());
  if (!ending.ends_with('.') && !rest.empty()) return std::nullopt;
  return rest;
}

}  // namespace

void KeyMap::add(const std::string& compvis, const std::string& diffusers, std::span<const Ending> endings) {
  m_byCompvis.emplace(compvis, m_rules.size());
  m_byDiffusers.emplace(diffusers, m_rules.size());
  m_rules.push_back({compvis, diffusers, endings});
}

void KeyMap::addSpelling(const std::string& compvis, const std::string& diffusers) {
  m_byCompvis.emplace(compvis, m_rules.size());
  m_rules.push_back({compvis, diffusers, {}});
}

std::vector<MappedName> KeyMap::toDiffusers(const std::string& compvis) const {
  const auto found = ruleFor(compvis, m_byCompvis);
  if (!found) return {};
  const auto& rule = m_rules[*found];
  const auto rest = std::string_view(compvis).substr(rule.compvis.size());
  if (rule.endings.empty()) return {{rule.diffusers + std::string(rest), TensorChange::None}};
  std::vector<MappedName> names;
  for (const auto& ending : rule.endings) {
    if (const auto tail = after(rest, ending.compvis)) {
      names.push_back({rule.diffusers + std::string(ending.diffusers) + std::string(*tail), ending.change});
    }
  }
  return names;
}

std::optional<MappedName> KeyMap::toCompvis(const std::string& diffusers) const {
  const auto found = ruleFor(diffusers, m_byDiffusers);
  if (!found) return std::nullopt;
  const auto& rule = m_rules[*found];
  const auto rest = std::string_view(diffusers).substr(rule.diffusers.size());
  if (rule.endings.empty()) return MappedName{rule.compvis + std::string(rest), TensorChange::None};
  for (const auto& ending : rule.endings) {
    if (const auto tail = after(rest, ending.diffusers)) {
      return MappedName{rule.compvis + std::string(ending.compvis) + std::string(*tail), ending.change};
    }
  }
  return std::nullopt;
}

}  // namespace likeness
