# carry.cmake -- pfh_carry(TARGET DESTINATION): installs a library with all that it needs beside it.
#
# What a bundle (wheel, jar, package) carries is the binding's library, libpfh, cJSON, libical and what those need,
# except what every system has (the C and C++ runtimes).  They find each other by $ORIGIN, so the folder may lie
# anywhere.  Needs CMake 3.21 and, on Linux, patchelf for the copies of libraries that are not built here.
set(PFH_CARRY_NOT "ld-linux.*" "libc\\.so.*" "libm\\.so.*" "libdl\\.so.*" "libpthread\\.so.*" "librt\\.so.*"
    "libgcc_s\\.so.*" "libstdc\\+\\+\\.so.*" "libpython.*" "libjvm.*" "linux-vdso.*" "api-ms-.*" "ext-ms-.*")

function(pfh_carry target destination)
    set(PFH_CARRY_NOT_QUOTED "")
    foreach(pattern IN LISTS PFH_CARRY_NOT)
        string(REPLACE "\\" "\\\\" pattern "${pattern}") # read once more, by the script that installs
        string(APPEND PFH_CARRY_NOT_QUOTED " \"^(.*/)?${pattern}$\"")
    endforeach()
    set_target_properties(${target} pfh PROPERTIES BUILD_RPATH_USE_ORIGIN ON INSTALL_RPATH "$ORIGIN")
    install(TARGETS ${target} pfh LIBRARY DESTINATION ${destination} NAMELINK_SKIP COMPONENT ${target}
        RUNTIME DESTINATION ${destination} COMPONENT ${target})
    find_program(PFH_PATCHELF patchelf)
    install(CODE "
        set(folder \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${destination}\")
        file(GET_RUNTIME_DEPENDENCIES LIBRARIES \"$<TARGET_FILE:pfh>\"
            RESOLVED_DEPENDENCIES_VAR needed UNRESOLVED_DEPENDENCIES_VAR missing
            PRE_EXCLUDE_REGEXES ${PFH_CARRY_NOT_QUOTED} POST_EXCLUDE_REGEXES ${PFH_CARRY_NOT_QUOTED})
        if(missing)
            message(FATAL_ERROR \"not found, so the bundle would not work: \${missing}\")
        endif()
        foreach(library IN LISTS needed)
            get_filename_component(name \"\${library}\" NAME)
            file(REAL_PATH \"\${library}\" file)
            file(COPY_FILE \"\${file}\" \"\${folder}/\${name}\")
            if(NOT \"${PFH_PATCHELF}\" MATCHES NOTFOUND)
                execute_process(COMMAND \"${PFH_PATCHELF}\" --set-rpath \$ORIGIN \"\${folder}/\${name}\" COMMAND_ERROR_IS_FATAL ANY)
            endif()
        endforeach()" COMPONENT ${target})
endfunction()
