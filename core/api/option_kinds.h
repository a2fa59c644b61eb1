#pragma once
#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include "core/api/options.h"

/// What training options are made of: a number within bounds, one of a few words.
namespace likeness::option_kinds {

inline Error badValue(const std::string& name, const std::string& value, const std::string& expected) {
  return {ErrorCode::InvalidArgument, "\"" + value + "\" is not a value for " + name + ". Give " + expected + "."};
}

template <typename Number>
bool parseNumber(const std::string& text, Number& number) {
  const auto* end = text.data() + text.size();
  const auto [rest, failure] = std::from_chars(text.data(), end, number);
  return failure == std::errc() && rest == end;
}

template <typename Number>
std::string numberText(Number number) {
  char text[64];
  const auto [end, failure] = std::to_chars(text, text + sizeof text, number);
  return {text, end};
}

// An option that is a number within [low, high].
template <typename Number>
TrainOption number(const char* name, const char* unit, const char* summary, bool expert, Number TrainConfig::*member,
                   Number low, Number high) {
  const auto set = [=](TrainConfig& config, const std::string& text) -> Result<void> {
    Number value{};
    if (!parseNumber(text, value) || !(value >= low && value <= high)) {
      return badValue(name, text, "a number from " + numberText(low) + " to " + numberText(high));
    }
    config.*member = value;
    return {};
  };
  return {name, unit, summary, expert, [=](const TrainConfig& config) { return numberText(config.*member); }, set};
}

// An option that is one of a few words.
template <typename Enum>
TrainOption choice(const char* name, const char* summary, bool expert, Enum TrainConfig::*member,
                   std::vector<std::pair<std::string, Enum>> words) {
  const auto get = [=](const TrainConfig& config) {
    for (const auto& [word, value] : words) {
      if (config.*member == value) return word;
    }
    return std::string();
  };
  const auto set = [=](TrainConfig& config, const std::string& text) -> Result<void> {
    std::string all;
    for (const auto& [word, value] : words) {
      if (text == word) return config.*member = value, Result<void>();
      all += (all.empty() ? "" : " or ") + word;
    }
    return badValue(name, text, all);
  };
  return {name, "", summary, expert, get, set};
}

inline TrainOption yesNo(const char* name, const char* summary, bool TrainConfig::*member) {
  return choice(name, summary, true, member, {{"true", true}, {"false", false}});
}

}  // namespace likeness::option_kinds
