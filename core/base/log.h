#pragma once
#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>

namespace likeness {

/// Starts the log: to standard error at `level` (trace, debug, info, warn, error, off), and, if `file` is not empty,
/// everything to that file, rotated at 4 MB. Unknown levels mean info. Use LK_LOG_* afterwards, from any thread.
void startLog(const std::string& level, const std::filesystem::path& file);

// spdlog stays out of this header: its fmt and the one that LibTorch ships are of different versions.
enum class LogLevel { Debug, Info, Warn, Error };

/// Writes one message, each {} in `format` replaced by the next argument. Threads: any.
void writeLog(LogLevel level, std::string_view format, std::initializer_list<std::string> arguments = {});

template <typename T>
[[nodiscard]] std::string logText(const T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    return value ? "true" : "false";
  } else if constexpr (std::is_arithmetic_v<T>) {
    return std::to_string(value);
  } else if constexpr (std::is_same_v<T, std::filesystem::path>) {
    return value.string();
  } else {
    return std::string(value);
  }
}

template <typename... Arguments>
void logFormatted(LogLevel level, std::string_view format, const Arguments&... arguments) {
  writeLog(level, format, {logText(arguments)...});
}

}  // namespace likeness

// Prefixed, because Torch's headers leak LOG and CHECK.
#define LK_LOG_DEBUG(...) ::likeness::logFormatted(::likeness::LogLevel::Debug, __VA_ARGS__)
#define LK_LOG_INFO(...) ::likeness::logFormatted(::likeness::LogLevel::Info, __VA_ARGS__)
#define LK_LOG_WARN(...) ::likeness::logFormatted(::likeness::LogLevel::Warn, __VA_ARGS__)
#define LK_LOG_ERROR(...) ::likeness::logFormatted(::likeness::LogLevel::Error, __VA_ARGS__)
