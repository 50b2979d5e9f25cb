# carry.cmake -- pfh_carry(TARGET DESTINATION): installs a library with all that it needs beside it.
#
# What a bundle (wheel, jar, package) carries is the binding's library, libpfh, cJSON, libical and what those need,
# except what every system has (the C and C++ runtimes).  The component is named after the target, and is installed when
# it is asked for alone.
#
# They find each other wherever the folder lies: on Linux by a DT_RPATH of $ORIGIN, which, unlike DT_RUNPATH, also
# holds for the libraries that are copied as they are.
set(PFH_CARRY_NOT "ld-linux.*" "libc[.]so.*" "libm[.]so.*" "libdl[.]so.*" "libpthread[.]so.*" "librt[.]so.*"
    "libgcc_s[.]so.*" "libstdc[+][+][.]so.*" "libpython.*" "libjvm.*" "linux-vdso.*" "api-ms-.*" "ext-ms-.*"
    "libasan.*" "libubsan.*" "libSystem.*")

function(pfh_carry target destination)
    set(not "")
    foreach(pattern IN LISTS PFH_CARRY_NOT)
        string(APPEND not " \"^(.*/)?${pattern}$\"")
    endforeach()
    foreach(library ${target} pfh)
        set_target_properties(${library} PROPERTIES BUILD_RPATH "$ORIGIN" INSTALL_RPATH "$ORIGIN")
        if(CMAKE_SYSTEM_NAME STREQUAL Linux)
            target_link_options(${library} PRIVATE -Wl,--disable-new-dtags)
        endif()
    endforeach()
    install(TARGETS ${target} LIBRARY DESTINATION ${destination} COMPONENT ${target} EXCLUDE_FROM_ALL
        RUNTIME DESTINATION ${destination} COMPONENT ${target} EXCLUDE_FROM_ALL)
    install(PROGRAMS $<TARGET_FILE:pfh> DESTINATION ${destination} RENAME $<TARGET_SONAME_FILE_NAME:pfh>
        COMPONENT ${target} EXCLUDE_FROM_ALL)
    install(CODE "
        file(GET_RUNTIME_DEPENDENCIES LIBRARIES \"$<TARGET_FILE:pfh>\"
            RESOLVED_DEPENDENCIES_VAR needed UNRESOLVED_DEPENDENCIES_VAR missing
            PRE_EXCLUDE_REGEXES ${not} POST_EXCLUDE_REGEXES ${not})
        if(missing)
            message(FATAL_ERROR \"not found, so the bundle would not work: \${missing}\")
        endif()
        foreach(library IN LISTS needed)
            get_filename_component(name \"\${library}\" NAME)
            file(REAL_PATH \"\${library}\" file)
            configure_file(\"\${file}\" \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${destination}/\${name}\" COPYONLY)
        endforeach()" COMPONENT ${target} EXCLUDE_FROM_ALL)
endfunction()
