#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/batch/sweep_plan.h"

namespace likeness {

/// A sweep on the disk: PROJECT/sweeps/<id>/ with sweep.yaml (the file, byte for byte), plan.json, runs/NNN/ (as a
/// project's runs), pictures/NNN/ and, once it is finished, its tables and sheets. How far it is stands nowhere but in
/// the runs themselves, so there is nothing that a kill could leave behind wrong.
struct Sweep {
  std::filesystem::path folder;
  SweepFile file;
  std::vector<SweepTrial> trials;

  [[nodiscard]] std::string id() const { return folder.filename().string(); }
  [[nodiscard]] std::filesystem::path runFolder(const SweepTrial& trial) const;
  [[nodiscard]] std::filesystem::path picturesFolder(const SweepTrial& trial) const;
  /// Its last file is there.
  [[nodiscard]] bool finished() const;
};

/// Plans a sweep and makes its folder with the next free id of today, whole or not at all.
/// Errors: those of parseSweepFile, Project::open and planSweep; disk errors.
[[nodiscard]] Result<Sweep> createSweep(const std::filesystem::path& file);

/// The newest sweep of the project that was made of a file with the same content; NotFound if there is none.
[[nodiscard]] Result<Sweep> findSweep(const std::filesystem::path& file);

/// Opens a sweep's folder. Errors: NotFound, Corrupt, NewerVersion.
[[nodiscard]] Result<Sweep> openSweep(const std::filesystem::path& folder);

/// A run that failed is not tried again: why is written in its folder.
[[nodiscard]] Result<void> writeTrialFailure(const Sweep& sweep, const SweepTrial& trial, const std::string& sentence);
/// Empty if it did not fail.
[[nodiscard]] std::string trialFailure(const Sweep& sweep, const SweepTrial& trial);

}  // namespace likeness
