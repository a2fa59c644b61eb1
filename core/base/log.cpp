#include "core/base/log.h"

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <vector>

namespace likeness {

void startLog(const std::string& level, const std::filesystem::path& file) {
  constexpr std::size_t kFileBytes = 4u << 20;
  constexpr std::size_t kFiles = 3;
  auto console = std::make_shared<spdlog::sinks::stderr_color_sink_mt>();
  const auto wanted = spdlog::level::from_str(level);
  // from_str answers "off" for what it does not know.
  console->set_level(wanted == spdlog::level::off && level != "off" ? spdlog::level::info : wanted);
  std::vector<spdlog::sink_ptr> sinks{console};
  std::string failure;
  if (!file.empty()) {
    try {
      sinks.push_back(std::make_shared<spdlog::sinks::rotating_file_sink_mt>(file.string(), kFileBytes, kFiles));
    } catch (const spdlog::spdlog_ex& exception) {
      failure = exception.what();
    }
  }
  auto logger = std::make_shared<spdlog::logger>("likeness", sinks.begin(), sinks.end());
  logger->set_level(spdlog::level::trace);
  logger->flush_on(spdlog::level::warn);
  spdlog::set_default_logger(logger);
  if (!failure.empty()) LK_LOG_WARN("The log file {} can't be written: {}", file.string(), failure);
}

void writeLog(LogLevel level, std::string_view format, std::initializer_list<std::string> arguments) {
  std::string message;
  const auto* argument = arguments.begin();
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format.substr(i, 2) == "{}" && argument != arguments.end()) {
      message += *argument++;
      ++i;
    } else {
      message += format[i];
    }
  }
  switch (level) {
    case LogLevel::Debug: spdlog::debug("{}", message); break;
    case LogLevel::Info: spdlog::info("{}", message); break;
    case LogLevel::Warn: spdlog::warn("{}", message); break;
    case LogLevel::Error: spdlog::error("{}", message); break;
  }
}

}  // namespace likeness
